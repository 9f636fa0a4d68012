/** What is known of minor versions. */
@NullMarked
package io.gds.engine.postgres.internal.catalogue;

import org.jspecify.annotations.NullMarked;
