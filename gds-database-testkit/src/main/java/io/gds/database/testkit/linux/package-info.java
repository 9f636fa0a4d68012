/**
 * Hosts with Linux, as far as commands of ours look at them: units of systemd, packages, and programs that a test puts there. A command that
 * a model does not know is noted and fails. They are reached by a shell of the type {@code model-linux}.
 */
@org.jspecify.annotations.NullMarked
package io.gds.database.testkit.linux;
