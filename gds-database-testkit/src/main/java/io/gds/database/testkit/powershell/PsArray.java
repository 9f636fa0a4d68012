package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of .NET: its length is fixed, its elements may be anything. Not thread-safe. */
public final class PsArray implements Iterable<@Nullable Object> {
    private final String type;
    private final List<@Nullable Object> elements;

    private PsArray(String type, Collection<? extends @Nullable Object> elements) {
        this.type = type;
        this.elements = new ArrayList<>(elements);
    }

    /** An object[] with these elements. */
    public static PsArray of(Collection<? extends @Nullable Object> elements) {
        return new PsArray("System.Object", elements);
    }

    /** An object[] with these elements. */
    public static PsArray of(@Nullable Object... elements) {
        return new PsArray("System.Object", Arrays.asList(elements));
    }

    /** A string[]. */
    public static PsArray ofStrings(Collection<String> elements) {
        return new PsArray("System.String", elements);
    }

    static PsArray ofType(String type, Collection<? extends @Nullable Object> elements) {
        return new PsArray(type, elements);
    }

    /** How many elements it has. */
    public int size() {
        return elements.size();
    }

    /** The element at a place from zero. */
    public @Nullable Object get(int index) {
        return elements.get(index);
    }

    void set(int index, @Nullable Object value) {
        elements.set(index, value);
    }

    String elementType() {
        return type;
    }

    /** Its elements, as a list that does not change. */
    public List<@Nullable Object> toList() {
        return new ArrayList<>(elements);
    }

    @Override
    public Iterator<@Nullable Object> iterator() {
        return toList().iterator();
    }

    @Override
    public String toString() {
        return Conversions.text(this);
    }
}
