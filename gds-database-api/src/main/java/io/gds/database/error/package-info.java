/** Failures as values a program can act on: a code, a category, whether a retry can help, and the remedy. */
@NullMarked
package io.gds.database.error;

import org.jspecify.annotations.NullMarked;
