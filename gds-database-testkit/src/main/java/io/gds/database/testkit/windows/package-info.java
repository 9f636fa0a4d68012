/** Hosts with Windows, as far as scripts of ours look at them: everything is in memory, and time is the test's. */
@NullMarked
package io.gds.database.testkit.windows;

import org.jspecify.annotations.NullMarked;
