// Triangles and tinted masks onto an SDL surface, in software.
//
// Nearly all of a screen is upright quads of one colour, and SDL copies and fills those many times faster
// than it draws triangles (78 ms a frame against 10, measured), so they take a road of their own. The trap:
// that road works in whole pixels, and copies a texture unblurred only where the quad has the texture's own
// size. A surface that its window replaces must be left before.
#pragma once

#include <SDL.h>

#include <unordered_map>

#include "platform/base/handle.h"
#include "platform/window.h"

namespace sala {

class SdlCanvas : public Canvas {
  public:
    // kPlain sends everything through SDL_RenderGeometry: for tests, which hold the two to the same pixels.
    enum class Quads { kFast, kPlain };

    // `picture` must outlive the canvas. WINDOW-FAILED.
    static Result<std::unique_ptr<SdlCanvas>> open(SDL_Surface* picture, Quads quads = Quads::kFast);

    Result<TextureId> create_texture(int width, int height, std::span<const std::uint8_t> alpha) override;
    void destroy_texture(TextureId texture) override;
    void clear(const ClipRect& area, Rgba colour) override;
    void draw(std::span<const Vertex> vertices, std::span<const std::uint16_t> indices, TextureId texture,
              ClipRect clip) override;

    // What was drawn is on the picture only after this.
    void flush();

    // Lets go of the picture, and of every texture. Until move_to() nothing can be drawn.
    void leave();
    Result<void> move_to(SDL_Surface* picture);

  private:
    using Renderer = Handle<SDL_Renderer, SDL_DestroyRenderer>;
    struct Texture {
        Handle<SDL_Texture, SDL_DestroyTexture> sdl;
        int width = 0;
        int height = 0;
    };

    explicit SdlCanvas(Quads quads) : quads_(quads) {}
    void draw_quad(const Vertex& from, const Vertex& to, const Texture* texture);
    void draw_triangles(std::span<const Vertex> vertices, std::span<const std::uint16_t> indices,
                        const Texture* texture);

    Renderer renderer_;  // before the textures, which it must outlive
    Quads quads_;
    std::unordered_map<TextureId, Texture> textures_;
    TextureId last_id_ = kNoTexture;
    std::vector<SDL_Vertex> triangles_;  // kept for its memory
};

}  // namespace sala
