/** JSON text to and from parameters. */
@NullMarked
package io.gds.database.core.internal.json;

import org.jspecify.annotations.NullMarked;
