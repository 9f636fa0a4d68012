/**
 * Windows hosts that are reached by their OpenSSH. Only {@code WindowsSshShellProvider} may be loaded without sshj.
 */
@NullMarked
package io.gds.database.core.internal.ssh.windows;

import org.jspecify.annotations.NullMarked;
