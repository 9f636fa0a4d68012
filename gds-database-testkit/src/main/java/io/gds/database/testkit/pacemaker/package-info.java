/** A model of a Pacemaker cluster around an availability group, and of the {@code pcs} that hosts have. */
@org.jspecify.annotations.NullMarked
package io.gds.database.testkit.pacemaker;
