/** A host program: the operators' verbs for hotfixes of SQL Server, over the library. */
@org.jspecify.annotations.NullMarked
package io.gds.samples.cli;
