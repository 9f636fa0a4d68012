/**
 * A real Patroni cluster for tests: three hosts with systemd, sshd, sudo, apt, etcd, Patroni and PostgreSQL, and a traffic
 * node with HAProxy and PgBouncer, in namespaces of this machine. {@link io.gds.testbed.PatroniTestbed} starts one for a
 * test class, {@link io.gds.testbed.Invariants} says afterwards whether the cluster is as it was.
 *
 * <p>Nothing here uses the library: the bed is the independent judge of what the library did.
 */
@NullMarked
package io.gds.testbed;

import org.jspecify.annotations.NullMarked;
