/** The main job in one command: patch a real three-node cluster under load. */
@NullMarked
package io.gds.samples.quickstart;

import org.jspecify.annotations.NullMarked;
