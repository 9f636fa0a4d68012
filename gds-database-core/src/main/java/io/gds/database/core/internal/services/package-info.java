/** Finds plugins without letting a broken one hide the others. */
@NullMarked
package io.gds.database.core.internal.services;

import org.jspecify.annotations.NullMarked;
