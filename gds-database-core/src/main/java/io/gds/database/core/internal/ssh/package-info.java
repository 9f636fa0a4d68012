/**
 * Hosts that are reached by SSH. Only {@code SshShellProvider} and {@code SshLibrary} may be loaded without sshj.
 */
@NullMarked
package io.gds.database.core.internal.ssh;

import org.jspecify.annotations.NullMarked;
