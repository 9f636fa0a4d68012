/** The little JSON that logs and manifests need. */
@NullMarked
package io.gds.engine.postgres.internal.json;

import org.jspecify.annotations.NullMarked;
