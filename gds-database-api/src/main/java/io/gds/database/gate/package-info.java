/** Gates: named conditions that may stop a run until they open, and what people say to them. */
@NullMarked
package io.gds.database.gate;

import org.jspecify.annotations.NullMarked;
