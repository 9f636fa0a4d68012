package io.gds.database.testkit.powershell;

/**
 * A value of an enumeration of .NET.
 *
 * @param type the enumeration's full name
 * @param name the value's name
 * @param number the value's number
 */
public record PsEnum(String type, String name, int number) {
    @Override
    public String toString() {
        return name;
    }
}
