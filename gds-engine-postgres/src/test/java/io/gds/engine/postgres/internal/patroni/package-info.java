@org.jspecify.annotations.NullMarked
package io.gds.engine.postgres.internal.patroni;
