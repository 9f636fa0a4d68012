/** A snapshot of a cluster: members, roles, links, lag. */
@NullMarked
package io.gds.database.topology;

import org.jspecify.annotations.NullMarked;
