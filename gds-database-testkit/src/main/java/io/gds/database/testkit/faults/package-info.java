/** Host programs that are killed, and harm that is done at one moment of a run: for engines' tests on real servers. */
@org.jspecify.annotations.NullMarked
package io.gds.database.testkit.faults;
