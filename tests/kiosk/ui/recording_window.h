// A window without a display: counts what is asked of it, and hands out what a test feeds it.
#pragma once

#include <set>

#include "platform/window.h"

namespace sala::kiosk {

class RecordingCanvas : public Canvas {
  public:
    Result<TextureId> create_texture(int width, int height, std::span<const std::uint8_t> alpha) override {
        const auto bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
        if (width <= 0 || height <= 0 || alpha.size() != bytes) return Error{"CANVAS-TEXTURE", "-", "-"};
        ++made;
        alive.insert(made);
        return made;
    }
    void destroy_texture(TextureId texture) override {
        destroyed_unknown += alive.erase(texture) + lost.erase(texture) == 0;
    }
    void clear(const ClipRect&, Rgba) override {}
    void draw(std::span<const Vertex>, std::span<const std::uint16_t>, TextureId texture, ClipRect) override {
        drawn_dead += texture != kNoTexture && !alive.contains(texture);
    }

    TextureId made = 0;
    std::set<TextureId> alive;
    std::set<TextureId> lost;  // with the window's former size
    int destroyed_unknown = 0;
    int drawn_dead = 0;
};

class RecordingWindow : public Window {
  public:
    Frame wait(int) override { return {}; }
    void wake() override {}
    Canvas& canvas() override { return recording; }
    void present(std::span<const ClipRect> areas) override {
        ++presents;
        presented.assign(areas.begin(), areas.end());
    }
    int width() const override { return width_px; }
    int height() const override { return height_px; }
    Display display() const override { return shown_on; }
    Pixels pixels() const override { return {}; }

    // As a window does: the textures go, and the next wait() reports it.
    Frame resize(int width, int height) {
        width_px = width;
        height_px = height;
        recording.lost.merge(recording.alive);
        return {.resized = true};
    }

    RecordingCanvas recording;
    int width_px = 1080, height_px = 1920;
    Display shown_on{};
    int presents = 0;
    std::vector<ClipRect> presented;  // by the last present()
};

}  // namespace sala::kiosk
