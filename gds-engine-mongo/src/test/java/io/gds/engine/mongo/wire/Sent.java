package io.gds.engine.mongo.wire;

import org.bson.Document;

/**
 * A command that reached a member of a played set, whatever became of it.
 *
 * @param member whom it was sent to
 * @param command as it came
 */
public record Sent(String member, Document command) {
    /** The command's name. */
    public String name() {
        return command.keySet().iterator().next();
    }

    @Override
    public String toString() {
        return member + " " + name() + " " + command.get(name());
    }
}
