/** What authors of engines, shells, package managers and secret sources implement. */
@NullMarked
package io.gds.database.spi;

import org.jspecify.annotations.NullMarked;
