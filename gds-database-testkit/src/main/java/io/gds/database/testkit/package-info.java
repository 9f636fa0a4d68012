/** The contract every engine must keep, as tests to extend. */
@NullMarked
package io.gds.database.testkit;

import org.jspecify.annotations.NullMarked;
