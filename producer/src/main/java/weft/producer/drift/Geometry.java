package weft.producer.drift;

import weft.core.image.Shape;

/// Moves and smooths pixels; what lies outside an image is 0.
final class Geometry {
    private Geometry() {}

    /// Counter-clockwise about the middle, bilinear.
    static void rotate(Canvas canvas, double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        Shape.Image image = canvas.image();
        double middleX = (image.width() - 1) / 2.0;
        double middleY = (image.height() - 1) / 2.0;
        move(
                canvas,
                (x, y) -> middleX + cos * (x - middleX) - sin * (y - middleY),
                (x, y) -> middleY + sin * (x - middleX) + cos * (y - middleY));
    }

    /// By so many pixels to the right and down, bilinear.
    static void shift(Canvas canvas, double right, double down) {
        move(canvas, (x, _) -> x - right, (_, y) -> y - down);
    }

    /// One coordinate of the place that a pixel comes from.
    private interface Source {
        double of(int x, int y);
    }

    private static void move(Canvas canvas, Source sourceX, Source sourceY) {
        Shape.Image image = canvas.image();
        int channels = image.channels();
        double[] moved = new double[image.values()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double fromX = sourceX.of(x, y);
                double fromY = sourceY.of(x, y);
                int left = (int) Math.floor(fromX);
                int top = (int) Math.floor(fromY);
                double right = fromX - left;
                double below = fromY - top;
                for (int channel = 0; channel < channels; channel++) {
                    moved[(y * image.width() + x) * channels + channel] = (1 - below)
                                    * ((1 - right) * pixel(canvas, left, top, channel)
                                            + right * pixel(canvas, left + 1, top, channel))
                            + below
                                    * ((1 - right) * pixel(canvas, left, top + 1, channel)
                                            + right * pixel(canvas, left + 1, top + 1, channel));
                }
            }
        }
        canvas.values(moved);
    }

    private static double pixel(Canvas canvas, int x, int y, int channel) {
        Shape.Image image = canvas.image();
        return x < 0 || y < 0 || x >= image.width() || y >= image.height()
                ? 0
                : canvas.values()[(y * image.width() + x) * image.channels() + channel];
    }

    /// By a Gaussian, cut at three sigma; a pixel that far from the border keeps its sum.
    static void blur(Canvas canvas, double sigma) {
        int radius = (int) Math.ceil(3 * sigma);
        double[] kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            double distance = (i - radius) / sigma;
            kernel[i] = Math.exp(-distance * distance / 2);
            sum += kernel[i];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        canvas.values(smooth(canvas, kernel, 1, 0));
        canvas.values(smooth(canvas, kernel, 0, 1));
    }

    /// Weighs the neighbours in one direction.
    private static double[] smooth(Canvas canvas, double[] kernel, int stepX, int stepY) {
        Shape.Image image = canvas.image();
        int radius = kernel.length / 2;
        double[] smoothed = new double[image.values()];
        for (int i = 0; i < smoothed.length; i++) {
            int channel = i % image.channels();
            int x = i / image.channels() % image.width();
            int y = i / image.channels() / image.width();
            double sum = 0;
            for (int k = 0; k < kernel.length; k++) {
                sum += kernel[k] * pixel(canvas, x + (k - radius) * stepX, y + (k - radius) * stepY, channel);
            }
            smoothed[i] = sum;
        }
        return smoothed;
    }
}
