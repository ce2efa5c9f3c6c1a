package weft.trainer.drift;

import weft.trainer.proto.Since;

/// An image, by how many were seen before it and where it stands in the log.
record Place(long imagesSeen, int partition, long offset) {
    static final Place START = new Place(0, 0, 0);

    Since save() {
        return Since.newBuilder()
                .setImagesSeen(imagesSeen)
                .setPartition(partition)
                .setOffset(offset)
                .build();
    }

    static Place of(Since saved) {
        return new Place(saved.getImagesSeen(), saved.getPartition(), saved.getOffset());
    }
}
