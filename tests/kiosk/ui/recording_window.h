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
    void destroy_texture(TextureId texture) override { destroyed_unknown += alive.erase(texture) == 0; }
    void clear(Rgba) override {}
    void draw(std::span<const Vertex>, std::span<const std::uint16_t>, TextureId texture, ClipRect) override {
        drawn_dead += texture != kNoTexture && !alive.contains(texture);
    }

    TextureId made = 0;
    std::set<TextureId> alive;
    int destroyed_unknown = 0;
    int drawn_dead = 0;
};

class RecordingWindow : public Window {
  public:
    Frame wait(int) override { return {}; }
    void wake() override {}
    Canvas& canvas() override { return recording; }
    void present() override { ++presents; }
    int logical_width() const override { return 1080; }
    int logical_height() const override { return 1920; }
    Placement placement() const override { return {}; }
    Pixels pixels() const override { return {}; }

    RecordingCanvas recording;
    int presents = 0;
};

}  // namespace sala::kiosk
