/** What speaks against a change: pre-flight, post-flight, the safety kernel. */
@NullMarked
package io.gds.engine.postgres.internal.kernel;

import org.jspecify.annotations.NullMarked;
