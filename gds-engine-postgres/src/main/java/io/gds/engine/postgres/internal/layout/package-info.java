/** Where members keep their files. */
@NullMarked
package io.gds.engine.postgres.internal.layout;

import org.jspecify.annotations.NullMarked;
