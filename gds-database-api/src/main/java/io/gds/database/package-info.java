/** What callers and engine authors compile against. */
@NullMarked
package io.gds.database;

import org.jspecify.annotations.NullMarked;
