/** Tests of the REST client against a stateful fake that follows Patroni's own source, and against recorded answers. */
package io.gds.engine.postgres.internal.patroni.api;
