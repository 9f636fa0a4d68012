/** Both halves of a hold: the engine's, and the data source that applications have. */
package io.gds.engine.postgres.internal.hold;
