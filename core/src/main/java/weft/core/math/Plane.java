package weft.core.math;

/// One channel of an image, row by row, with a border of zeros around it.
///
/// @param innerWidth without the border
/// @param innerHeight without the border
/// @param border on each side
public record Plane(int innerWidth, int innerHeight, int border) {
    public int width() {
        return innerWidth + 2 * border;
    }

    public int height() {
        return innerHeight + 2 * border;
    }

    /// Number of places, border included.
    public int size() {
        return width() * height();
    }

    /// Number of a place, border included.
    public int at(int row, int column) {
        return row * width() + column;
    }

    /// Numbers of the places inside the border, row by row.
    public int[] inner() {
        int[] places = new int[innerWidth * innerHeight];
        for (int i = 0; i < places.length; i++) {
            places[i] = at(border + i / innerWidth, border + i % innerWidth);
        }
        return places;
    }
}
