package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A collection of .NET that can be read: the keys of a hashtable, the properties of an object. */
final class PsList {
    private final String type;
    private final List<@Nullable Object> items;

    PsList(String type, Collection<? extends @Nullable Object> items) {
        this.type = type;
        this.items = new ArrayList<>(items);
    }

    String type() {
        return type;
    }

    List<@Nullable Object> items() {
        return new ArrayList<>(items);
    }
}
