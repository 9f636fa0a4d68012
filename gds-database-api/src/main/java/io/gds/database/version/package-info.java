/** Versions of database products, ordered the way their vendors order them. */
@NullMarked
package io.gds.database.version;

import org.jspecify.annotations.NullMarked;
