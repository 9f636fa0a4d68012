/** Real poolers in front of real servers. */
package io.gds.engine.postgres.internal.pooler;
