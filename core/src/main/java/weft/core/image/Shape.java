package weft.core.image;

public sealed interface Shape {
    int values();

    record Image(int width, int height, int channels) implements Shape {
        @Override
        public int values() {
            return width * height * channels;
        }
    }

    record Vector(int dimension) implements Shape {
        @Override
        public int values() {
            return dimension;
        }
    }
}
