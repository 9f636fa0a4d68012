/** The contract of every engine, kept on real servers. */
package io.gds.engine.postgres.contract;
