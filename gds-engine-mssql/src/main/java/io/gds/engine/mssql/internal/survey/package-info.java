/** What hosts and instances look like before anything is planned: read, never changed. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.survey;
