/** What a host program holds: an engine (server, cluster or account), its databases, and their administration. */
@NullMarked
package io.gds.database;

import org.jspecify.annotations.NullMarked;
