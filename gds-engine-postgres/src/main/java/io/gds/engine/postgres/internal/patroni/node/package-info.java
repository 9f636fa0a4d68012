/** Patroni as it is found on a host: its unit, its configuration file, the server that it runs. */
@NullMarked
package io.gds.engine.postgres.internal.patroni.node;

import org.jspecify.annotations.NullMarked;
