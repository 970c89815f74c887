#include "platform/linux/sdl_canvas.h"

#include <cmath>

namespace sala {
namespace {

SDL_Color sdl_colour(Rgba colour) {
    return {static_cast<Uint8>(colour), static_cast<Uint8>(colour >> 8), static_cast<Uint8>(colour >> 16),
            static_cast<Uint8>(colour >> 24)};
}

int whole(float px) { return static_cast<int>(std::lround(px)); }

// Six indices as two triangles (a b c)(a c d) that are an upright rectangle of one colour, a at its top left.
bool is_upright_quad(std::span<const Vertex> v, std::span<const std::uint16_t> ix) {
    if (ix[0] != ix[3] || ix[2] != ix[4]) return false;
    const Vertex &a = v[ix[0]], &b = v[ix[1]], &c = v[ix[2]], &d = v[ix[5]];
    return a.x == d.x && b.x == c.x && a.y == b.y && c.y == d.y && a.x <= c.x && a.y <= c.y && a.u == d.u &&
           b.u == c.u && a.v == b.v && c.v == d.v && a.u <= c.u && a.v <= c.v && a.colour == b.colour &&
           a.colour == c.colour && a.colour == d.colour;
}

Error texture_error(int width, int height) {
    return {"CANVAS-TEXTURE",
            fmt::format("สร้างภาพสำหรับหน้าจอขนาด {}x{} พิกเซลไม่ได้ ({})", width, height, SDL_GetError()),
            fmt::format("A picture of {}x{} px for the screen could not be made: {}", width, height,
                        SDL_GetError())};
}

}  // namespace

Result<std::unique_ptr<SdlCanvas>> SdlCanvas::open(SDL_Surface* picture, Quads quads) {
    std::unique_ptr<SdlCanvas> canvas(new SdlCanvas(quads));
    if (auto moved = canvas->move_to(picture); !moved) return moved.error();
    return canvas;
}

void SdlCanvas::leave() {
    textures_.clear();
    renderer_.reset();
}

Result<void> SdlCanvas::move_to(SDL_Surface* picture) {
    leave();
    renderer_.reset(SDL_CreateSoftwareRenderer(picture));
    if (!renderer_) {
        return Error{
            "WINDOW-FAILED", fmt::format("เตรียมการวาดหน้าจอไม่สำเร็จ ({}) โปรดเริ่มโปรแกรมใหม่", SDL_GetError()),
            fmt::format("Drawing could not be prepared: {}. Start the program again.", SDL_GetError())};
    }
    SDL_SetRenderDrawBlendMode(renderer_.get(), SDL_BLENDMODE_BLEND);
    return {};
}

Result<TextureId> SdlCanvas::create_texture(int width, int height, std::span<const std::uint8_t> alpha) {
    const bool sane = width > 0 && height > 0 && width <= kTextureSideMaxPx && height <= kTextureSideMaxPx &&
                      alpha.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    if (!sane) {
        SDL_SetError("size");
        return texture_error(width, height);
    }
    Texture texture{
        Handle<SDL_Texture, SDL_DestroyTexture>(SDL_CreateTexture(
            renderer_.get(), SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING, width, height)),
        width, height};
    void* pixels = nullptr;
    int pitch = 0;
    if (!texture.sdl || SDL_LockTexture(texture.sdl.get(), nullptr, &pixels, &pitch) != 0) {
        return texture_error(width, height);
    }
    for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
        const std::uint8_t* from = alpha.data() + y * static_cast<std::size_t>(width);
        auto* to = reinterpret_cast<std::uint32_t*>(static_cast<char*>(pixels) +
                                                    y * static_cast<std::size_t>(pitch));
        for (int x = 0; x < width; ++x) to[x] = (std::uint32_t{from[x]} << 24) | 0x00FFFFFF;
    }
    SDL_UnlockTexture(texture.sdl.get());
    SDL_SetTextureBlendMode(texture.sdl.get(), SDL_BLENDMODE_BLEND);
    textures_.emplace(++last_id_, std::move(texture));
    return last_id_;
}

void SdlCanvas::destroy_texture(TextureId texture) { textures_.erase(texture); }

void SdlCanvas::clear(const ClipRect& area, Rgba colour) {
    const SDL_Color c = sdl_colour(colour);
    const SDL_Rect rect{area.x, area.y, area.width, area.height};
    SDL_RenderSetClipRect(renderer_.get(), nullptr);
    SDL_SetRenderDrawBlendMode(renderer_.get(), SDL_BLENDMODE_NONE);
    SDL_SetRenderDrawColor(renderer_.get(), c.r, c.g, c.b, c.a);
    SDL_RenderFillRect(renderer_.get(), &rect);
    SDL_SetRenderDrawBlendMode(renderer_.get(), SDL_BLENDMODE_BLEND);
}

void SdlCanvas::draw_quad(const Vertex& from, const Vertex& to, const Texture* texture) {
    const SDL_Rect target{whole(from.x), whole(from.y), whole(to.x) - whole(from.x),
                          whole(to.y) - whole(from.y)};
    if (target.w <= 0 || target.h <= 0) return;
    const SDL_Color c = sdl_colour(from.colour);
    if (!texture) {
        SDL_SetRenderDrawColor(renderer_.get(), c.r, c.g, c.b, c.a);
        SDL_RenderFillRect(renderer_.get(), &target);
        return;
    }
    const float w = static_cast<float>(texture->width), h = static_cast<float>(texture->height);
    const SDL_Rect source{whole(from.u * w), whole(from.v * h), whole(to.u * w) - whole(from.u * w),
                          whole(to.v * h) - whole(from.v * h)};
    SDL_SetTextureColorMod(texture->sdl.get(), c.r, c.g, c.b);
    SDL_SetTextureAlphaMod(texture->sdl.get(), c.a);
    SDL_RenderCopy(renderer_.get(), texture->sdl.get(), &source, &target);
}

void SdlCanvas::draw_triangles(std::span<const Vertex> vertices, std::span<const std::uint16_t> indices,
                               const Texture* texture) {
    if (indices.empty()) return;
    triangles_.clear();
    for (const std::uint16_t i : indices) {
        const Vertex& v = vertices[i];
        triangles_.push_back({{v.x, v.y}, sdl_colour(v.colour), {v.u, v.v}});
    }
    if (texture) {  // What draw_quad() left there would tint the triangles a second time.
        SDL_SetTextureColorMod(texture->sdl.get(), 255, 255, 255);
        SDL_SetTextureAlphaMod(texture->sdl.get(), 255);
    }
    SDL_RenderGeometry(renderer_.get(), texture ? texture->sdl.get() : nullptr, triangles_.data(),
                       static_cast<int>(triangles_.size()), nullptr, 0);
}

void SdlCanvas::draw(std::span<const Vertex> vertices, std::span<const std::uint16_t> indices,
                     TextureId texture_id, ClipRect clip) {
    const auto found = textures_.find(texture_id);
    if (texture_id != kNoTexture && found == textures_.end()) return;
    const Texture* texture = texture_id == kNoTexture ? nullptr : &found->second;
    const SDL_Rect clip_rect{clip.x, clip.y, clip.width, clip.height};
    SDL_RenderSetClipRect(renderer_.get(), &clip_rect);

    if (quads_ == Quads::kPlain) return draw_triangles(vertices, indices, texture);
    std::size_t drawn = 0, at = 0;  // [drawn, at): triangles waiting to be drawn together
    while (at + 3 <= indices.size()) {
        const auto six = at + 6 <= indices.size() ? indices.subspan(at, 6) : std::span<const std::uint16_t>{};
        if (!six.empty() && is_upright_quad(vertices, six)) {
            draw_triangles(vertices, indices.subspan(drawn, at - drawn), texture);
            draw_quad(vertices[six[0]], vertices[six[2]], texture);
            at += 6;
            drawn = at;
        } else {
            at += 3;
        }
    }
    draw_triangles(vertices, indices.subspan(drawn, at - drawn), texture);
}

void SdlCanvas::flush() {
    if (renderer_) SDL_RenderFlush(renderer_.get());  // alone among its kind it does not look
}

}  // namespace sala
