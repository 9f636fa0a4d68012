/** Tests against real servers and their files. */
package io.gds.engine.postgres.internal.control;
