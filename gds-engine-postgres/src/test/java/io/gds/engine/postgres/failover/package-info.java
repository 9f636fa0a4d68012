/** Changes of roles without a plan. */
package io.gds.engine.postgres.failover;
