/** Rolling patches of clusters that Patroni runs: it keeps high availability on all the time, and we work with it. */
@NullMarked
package io.gds.engine.postgres.internal.patroni;

import org.jspecify.annotations.NullMarked;
