/**
 * Holds an application's traffic while the primary of its cluster changes. Start at {@link
 * io.gds.database.datasource.HoldingDataSource}.
 */
@NullMarked
package io.gds.database.datasource;

import org.jspecify.annotations.NullMarked;
