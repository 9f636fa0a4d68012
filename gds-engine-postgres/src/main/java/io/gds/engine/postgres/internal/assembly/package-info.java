/** Puts the engine together: its parts see the engine, and only this package sees the parts. */
@NullMarked
package io.gds.engine.postgres.internal.assembly;

import org.jspecify.annotations.NullMarked;
