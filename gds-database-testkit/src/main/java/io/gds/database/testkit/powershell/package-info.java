/** The part of Windows PowerShell 5.1 that scripts of ours use: read, understood and carried out, without Windows. */
@NullMarked
package io.gds.database.testkit.powershell;

import org.jspecify.annotations.NullMarked;
