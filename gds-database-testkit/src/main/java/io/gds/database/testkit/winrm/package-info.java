/**
 * A fake WinRM service: real clients of WS-Management connect to it, run commands on a host of the test's choice, and
 * meet the faults that the test plans.
 */
@org.jspecify.annotations.NullMarked
package io.gds.database.testkit.winrm;
