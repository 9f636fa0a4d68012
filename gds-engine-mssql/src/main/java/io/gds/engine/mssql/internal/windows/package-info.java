/** Work on a Windows host through its shell: scripts that lie there, answers, and jobs that outlive the connection. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.windows;
