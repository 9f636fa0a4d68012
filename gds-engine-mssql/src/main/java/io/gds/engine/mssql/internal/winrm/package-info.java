/** The shell of a Windows host over WinRM. Nothing of its client library is seen outside of this package. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.winrm;
