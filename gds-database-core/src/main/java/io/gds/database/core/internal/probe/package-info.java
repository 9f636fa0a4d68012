/** The availability probe and its commit ledger. */
@NullMarked
package io.gds.database.core.internal.probe;

import org.jspecify.annotations.NullMarked;
