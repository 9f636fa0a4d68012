/** What stands between the application and the cluster, as far as a patch has to do with it. */
@NullMarked
package io.gds.engine.postgres.internal.traffic;

import org.jspecify.annotations.NullMarked;
